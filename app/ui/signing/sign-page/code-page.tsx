import { useRef } from "react";
import type { LinkAbout, LinkView } from "~/services/signing/signing-links.server";
import { AccountCard } from "../../account/account-card";
import styles from "../../account/account.module.css";
import { Button } from "../../primitives/button";
import { Field, TextInput } from "../../primitives/form/field";
import { Form, useNavigation } from "../../primitives/router";
import { useFocusFirstError } from "../../primitives/form/use-focus-first-error";

type CodePageProps = Omit<Extract<LinkView, { kind: "code" }>, "kind"> & { errors: Record<string, string> };

/**
 * Asks whoever opens a personal link for a code, sent to their address or passed on by an owner, to prove that the link
 * is theirs.
 */
export function CodePage({ about, email, codeSent, ask, errors }: CodePageProps) {
  const form = useRef<HTMLFormElement>(null);
  const intent = useNavigation().formData?.get("intent");
  useFocusFirstError(form, errors);
  return (
    <AccountCard title="Read and sign" lead={<Asked about={about} />} error={errors.form}>
      <p>
        <Way email={email} codeSent={codeSent} ask={ask} />
      </p>
      {(codeSent || ask !== null) && (
        <Form ref={form} method="post" noValidate className={styles.form}>
          <Field label="Code" error={errors.code}>
            <TextInput
              name="code"
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={12}
              required
              autoFocus
              className={styles.code}
            />
          </Field>
          <Button
            type="submit"
            name="intent"
            value="prove"
            variant="primary"
            size="lg"
            loading={intent === "prove"}
            className={styles.submit}
          >
            Go on
          </Button>
        </Form>
      )}
      {ask === null && (
        <Form method="post">
          <Button
            type="submit"
            name="intent"
            value="code"
            variant={codeSent ? "ghost" : "primary"}
            size={codeSent ? "md" : "lg"}
            loading={intent === "code"}
            className={styles.submit}
          >
            {codeSent ? "Send another code" : "Send me the code"}
          </Button>
        </Form>
      )}
    </AccountCard>
  );
}

/** Says who asks for what, so that a signatory can tell the link from a phishing attempt. */
function Asked({
  about: { sentBy, senderParty, clientName, providerName, partyName, title, number },
}: {
  about: LinkAbout;
}) {
  return (
    <>
      <bdi>{sentBy}</bdi>
      {senderParty && (
        <>
          {" "}
          of <bdi>{senderParty}</bdi>
        </>
      )}{" "}
      asks you to sign version {number} of <q>{title}</q>, on who owns what in IT between <bdi>{clientName}</bdi> and{" "}
      <bdi>{providerName}</bdi>, for <bdi>{partyName}</bdi>.
    </>
  );
}

/** How the holder of the link gets the code. */
function Way({ email, codeSent, ask }: Omit<CodePageProps, "errors" | "about">) {
  if (ask !== null) {
    return (
      <>
        This link is for <bdi>{email}</bdi> alone, and asks for a code. No mail is sent from here: ask <bdi>{ask}</bdi>{" "}
        for it, and type it here within 15 minutes.
      </>
    );
  }
  return codeSent ? (
    <>
      A code is on its way to <bdi>{email}</bdi>. It holds for 15 minutes.
    </>
  ) : (
    <>
      This link is for <bdi>{email}</bdi> alone. To be sure that it is you, a code is sent to that address.
    </>
  );
}
