/** Why a database is left as it is: a sentence for whoever starts this, who can do something about it. */
export class Refusal extends Error {
  name = "Refusal";
}
