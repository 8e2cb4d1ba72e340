import type { Report } from "~/domain/pack/report";
import { env, publicUrl } from "~/env.server";
import type { Seal } from "~/files/pdf/seal.server";
import { ownKey, readKeyFile, signatureWords, type SigningKey } from "~/files/signing-key.server";

let kept: { file: string; key: SigningKey } | null = null;

/** The key that signed files are signed with: the one the environment names, else this installation's own, made the first time it is needed. */
function signingKey(now: Date): SigningKey {
  const file = env.SIGNING_P12 ?? env.SIGNING_KEY_FILE;
  if (kept?.file !== file)
    kept = {
      file,
      key: env.SIGNING_P12 ? readKeyFile(file, env.SIGNING_PASSPHRASE) : ownKey(file, `Demarc at ${publicUrl()}`, now),
    };
  return kept.key;
}

/** What a signed version's file is sealed with; null for what nobody has signed. The moment is that of the last signature, so that the same version always gives the same file. */
export function sealFor(report: Report, now: Date): Seal | null {
  const at = report.certificate?.signatures
    .map(({ signedAt }) => signedAt)
    .sort()
    .at(-1);
  if (at === undefined) return null;
  const key = signingKey(now);
  return { ...key, at, reason: `${report.title}: ${report.editionName}`, words: signatureWords(key) };
}
