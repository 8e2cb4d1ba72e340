import { useEffect, useRef, useState } from "react";
import { LIMITS } from "~/domain/limits";
import type { Answer } from "~/domain/verify/answer";
import { paths } from "~/paths";
import { Button } from "../primitives/button";
import { CircleAlert } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import { Form, Link, useNavigation, useSubmit } from "../primitives/router";
import { Logo } from "../shell/logo";
import { SkipLink } from "../shell/skip-link";
import { DropZone } from "./drop-zone";
import { VerifyAnswer } from "./verify-answer";
import styles from "./verify-page.module.css";

type VerifyPageProps = { signedIn: boolean; checked: { name: string; answer: Answer } | null; error: string | null };

/** The page on which anybody checks a file. */
export function VerifyPage({ signedIn, checked, error }: VerifyPageProps) {
  const form = useRef<HTMLFormElement>(null);
  const submit = useSubmit();
  const busy = useNavigation().formMethod === "POST";
  const [refused, setRefused] = useState<string | null>(null);
  const said = refused ?? error;

  function check(file: File) {
    const large = file.size > LIMITS.checkedBytes;
    setRefused(
      large
        ? `${file.name} is larger than the ${LIMITS.checkedBytes / 1_000_000} MB that are read. Check another file of the same version, such as the workbook: each carries the whole text.`
        : null,
    );
    if (!large && form.current) submit(form.current);
  }

  return (
    <div className={styles.ground}>
      <SkipLink />
      <header className={styles.brand}>
        <Logo />
        <Link to={signedIn ? paths.home() : paths.signIn()}>{signedIn ? "Your engagements" : "Sign in"}</Link>
      </header>
      <main id="content" tabIndex={-1} className={styles.main}>
        <header className={styles.title}>
          <h1>Check a file</h1>
          <p>
            Whether a file is exactly the one that Demarc wrote, has the same words saved again by another program, or
            differs, and where. The file is read, never kept.
          </p>
        </header>
        {said && !busy && (
          <Notice icon={CircleAlert} tone="alert" formError>
            {said}
          </Notice>
        )}
        <Form ref={form} method="post" encType="multipart/form-data" hidden={checked !== null && !busy && !said}>
          <DropZone busy={busy} onFile={check} />
          <noscript>
            <Button type="submit" variant="primary">
              Check the file
            </Button>
          </noscript>
        </Form>
        {checked && !busy && !said && <Checked {...checked} />}
        <p className="vh" role="status">
          {busy ? "Checking the file." : ""}
        </p>
      </main>
    </div>
  );
}

function Checked({ name, answer }: { name: string; answer: Answer }) {
  const heading = useRef<HTMLHeadingElement>(null);
  // The result takes the focus, so that screen readers read it.
  useEffect(() => heading.current?.focus(), [answer]);
  return (
    <>
      <VerifyAnswer ref={heading} name={name} answer={answer} />
      <Link to={paths.verify()} replace className={styles.again}>
        Check another file
      </Link>
    </>
  );
}
