/** An error whose message tells whoever starts the server what to change; the database was left as it is. */
export class Refusal extends Error {
  name = "Refusal";
}
