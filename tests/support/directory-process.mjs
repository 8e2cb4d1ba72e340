// A company's directory: a real OpenID Connect provider in a process of its own. POST /control sets its answer about
// the next sign-in, so that a test can make it a bad one. It prints its address once it listens.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const redirects = process.env.REDIRECTS.split(" ");
const server = createServer();
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

/** The person who signs in next, and what the directory answers wrongly. */
let now = { sub: "nobody", claims: {}, trouble: "" };

const provider = new Provider(issuer, {
  clients: redirects.map((uri) => ({
    client_id: uri.split("/").at(-1),
    client_secret: "a client's secret for tests alone",
    redirect_uris: [uri],
    grant_types: ["authorization_code"],
    response_types: ["code"],
  })),
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  conformIdTokenClaims: process.env.CLAIMS_IN_USERINFO === "yes",
  cookies: { keys: ["a key for tests alone"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, { uid }) => `/interaction/${uid}` },
  pkce: { required: () => true },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...now.claims }) }),
  ttl: { Session: 1 },
});
provider.on("server_error", (_, error) => console.error(error));

async function interact(request, response) {
  const { params, prompt } = await provider.interactionDetails(request, response);
  if (now.trouble === "denied")
    return provider.interactionFinished(request, response, {
      error: "access_denied",
      error_description: "<b>Not today</b>",
    });
  if (prompt.name === "login")
    return provider.interactionFinished(request, response, { login: { accountId: now.sub } });
  const grant = new provider.Grant({ accountId: now.sub, clientId: params.client_id });
  grant.addOIDCScope("openid email profile");
  await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
}

async function control(request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  now = { trouble: "", ...JSON.parse(Buffer.concat(chunks).toString()) };
  response.end();
}

const handle = provider.callback();
server.on("request", (request, response) => {
  if (request.url === "/control") return control(request, response);
  if (request.url.startsWith("/interaction/"))
    return interact(request, response).catch((error) => response.writeHead(500).end(String(error)));
  if (request.url.startsWith("/token") && now.trouble === "broken") return response.writeHead(500).end("out of order");
  return handle(request, response);
});
console.log(issuer);
