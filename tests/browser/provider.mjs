// A real OpenID Connect provider on this machine, for tests: it asks for a name and a level, and tells what it was given.
// Arguments: port, client id, secret, addresses to come back to. Its people stand in the environment, as JSON.
import Provider from "../../node_modules/oidc-provider/lib/index.js";

const [port, client, secret, ...back] = process.argv.slice(2);
const people = JSON.parse(process.env.PEOPLE);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  acrValues: ["laag", "substantieel"],
  clients: [{ client_id: client, client_secret: secret, redirect_uris: back, grant_types: ["authorization_code"] }],
  claims: { openid: ["sub"], profile: ["birthdate"], address: ["address"] },
  cookies: { keys: ["a key for tests"] },
  features: { devInteractions: { enabled: false } },
  findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope("openid profile address");
    await grant.save();
    return grant;
  },
  pkce: { required: () => true },
  ttl: { Grant: 600, Interaction: 600, Session: 600 },
});

const form = (action) => `<!doctype html><html lang="nl"><title>Aanmelden</title><h1>Aanmelden</h1>
<form method="post" action="${action}"><label>Naam <input name="login"></label>
<label>Niveau <input name="acr" value="substantieel"></label>
<button>Aanmelden</button> <button name="no" value="yes">Annuleren</button></form></html>`;

provider.use(async (context, next) => {
  if (!context.path.startsWith("/interaction/")) return next();
  if (context.method === "GET") {
    context.body = form(context.path);
    return;
  }
  const chunks = [];
  for await (const chunk of context.req) chunks.push(chunk);
  const sent = new URLSearchParams(Buffer.concat(chunks).toString());
  const result = sent.get("no")
    ? { error: "access_denied" }
    : { login: { accountId: sent.get("login"), acr: sent.get("acr") } };
  await provider.interactionFinished(context.req, context.res, result, { mergeWithLastSubmission: false });
  context.respond = false;
});

provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
