META
key;value
description;Alphen Centrum Begroot 2020
country;Netherlands
unit;Voorbeeldstad
subunit;het centrum
instance;2020
num_projects;4
num_votes;29
budget;30000
vote_type;approval
rule;greedy
date_begin;27.05.2020
date_end;29.06.2020
max_sum_cost;30000
language;nl
currency;EUR
PROJECTS
project_id;cost;name;selected;votes
bank;4200;"Plan bank; ""mooi""";1;14
kas;14000;"Plan kas; ""mooi""";1;11
tuin;16000;"Plan tuin; ""mooi""";0;10
bomen;9500;"Plan bomen; ""mooi""";1;9
VOTES
voter_id;vote
1;
2;
3;
4;
5;bank
6;bank
7;bank
8;bank
9;bank
10;bank,bomen,kas
11;bank,bomen,kas
12;bank,bomen,kas
13;bank,bomen,kas
14;bank,tuin
15;bank,tuin
16;bank,tuin
17;bank,tuin
18;bank,tuin
19;bomen
20;bomen
21;bomen
22;bomen
23;bomen,kas
24;kas
25;kas,tuin
26;kas,tuin
27;kas,tuin
28;kas,tuin
29;kas,tuin
