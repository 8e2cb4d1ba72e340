import { actorOf, type Actor, type Caller } from "~/services/who/actor.server";
import { cookieAfter } from "~/services/who/auth-answer.server";

let addresses = 0;

/**
 * An address that no other caller in this process has, because tries are counted by address and test files share the
 * process.
 */
export function anAddress(): string {
  addresses += 1;
  return `10.${addresses >> 16}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

/** A browser's side of requests: it keeps cookies, and has an address of its own, so that tests don't share a limit. */
export class ABrowser {
  cookie = "";
  readonly address = anAddress();
  readonly userAgent: string;

  constructor(userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0") {
    this.userAgent = userAgent;
  }

  get caller(): Caller {
    return { address: this.address, userAgent: this.userAgent, cookie: this.cookie };
  }

  /** Stores the cookies of an answer. */
  keep(cookies: readonly string[]): void {
    this.cookie = cookieAfter(this.cookie, cookies);
  }

  /** The person who is signed in, or null. */
  async actor(): Promise<Actor | null> {
    return (await actorOf(this.caller)).actor;
  }

  /** The person who is signed in; throws where nobody is. */
  async me(): Promise<Actor> {
    const actor = await this.actor();
    if (!actor) throw new Error("Nobody is signed in.");
    return actor;
  }
}
