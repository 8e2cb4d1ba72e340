let loading: Promise<ReadonlySet<string>> | null = null;

/**
 * Some 49,000 passwords that many people use, in lower case. They are loaded when the first password is checked,
 * because the start doesn't need them.
 */
export function commonPasswords(): Promise<ReadonlySet<string>> {
  loading ??= import("@zxcvbn-ts/language-common").then(
    ({ dictionary }) => new Set(dictionary["passwords-common"].map(String)),
  );
  return loading;
}
