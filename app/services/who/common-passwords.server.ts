let kept: Promise<ReadonlySet<string>> | null = null;

/** Some 49,000 passwords that many people have, in lower case. Read when somebody first chooses one, since starting needs none. */
export function commonPasswords(): Promise<ReadonlySet<string>> {
  kept ??= import("@zxcvbn-ts/language-common").then(
    ({ dictionary }) => new Set(dictionary["passwords-common"].map(String)),
  );
  return kept;
}
