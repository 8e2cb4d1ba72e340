import { useEffect, useRef } from "react";
import type { FormTrouble } from "~/domain/errors";
import type { SigningPage } from "~/domain/signing/signing-view";
import { paths } from "~/paths";
import { CircleAlert, CircleCheck } from "../../primitives/icon";
import { Notice } from "../../primitives/notice";
import { Link } from "../../primitives/router";
import { Day, Time } from "../../primitives/time";
import { Printed, printedTitle } from "../../shell/printed";
import { DateRemarks } from "../../versions/date-remarks";
import { MissingCharacters } from "../../versions/missing-characters";
import { SignChanges } from "./sign-changes";
import { SignContents } from "./sign-contents";
import { SignShare } from "./sign-share";
import { SignWording } from "./sign-wording";
import { SignForm } from "./sign-form";
import styles from "./sign-page.module.css";

type SignPageProps = {
  page: SigningPage;
  way: "account" | "link";
  /** The address of the version as a PDF. */ file: string;
  said: string | null;
  trouble: FormTrouble | null;
};

/**
 * The page where somebody signs: the frozen version, what changed since the last agreed one, the accepted warnings, and
 * the signature form.
 */
export function SignPage({ page, way, file, said, trouble }: SignPageProps) {
  const { number, state, signatory, sentBy, dueDate, message } = page;
  return (
    <div className={styles.page} data-print="flow">
      <Printed title={printedTitle(page.matrix)} edition={`Version ${number}, ${page.status}`} today={null} />
      <header className={styles.head}>
        <h1>
          {state.kind === "open" ? "Sign version" : "Version"} {number}
        </h1>
        <p>
          <bdi>{sentBy}</bdi> {state.kind === "signed" ? "asked" : "asks"} you to sign for{" "}
          <bdi>{signatory.partyName}</bdi>
          {dueDate && (
            <>
              , by <Day day={dueDate} />
            </>
          )}
          .{" "}
          {state.kind === "signed"
            ? "What you signed stands below."
            : "Read what it says below; nothing else is signed than this text."}
        </p>
        {message && (
          <blockquote className={styles.message} dir="auto">
            {message}
          </blockquote>
        )}
        <p className={styles.ways}>
          {state.kind === "open" && <a href="#sign">Go to the signature</a>}
          <a href={file} download>
            {page.status === "agreed" || page.status === "superseded" ? "Download the signed PDF" : "Download as PDF"}
          </a>
        </p>
      </header>
      <Standing page={page} way={way} said={said} />
      {page.alone !== null && (
        <Notice icon={CircleAlert}>
          <p>
            <bdi>{page.alone}</bdi> named you to sign for <bdi>{signatory.partyName}</bdi>. Nobody of{" "}
            <bdi>{signatory.partyName}</bdi> has confirmed that, and whoever reads what was signed is told so.
          </p>
        </Notice>
      )}
      {page.handedBy !== null && (
        <Notice icon={CircleAlert}>
          <p>
            <bdi>{page.handedBy}</bdi> passed your code on. That <bdi>{signatory.email}</bdi> is your address is not
            proved by it, and whoever reads what you sign is told so.
          </p>
        </Notice>
      )}
      <SignChanges page={page} way={way} />
      <SignShare page={page} />
      <Cover page={page} />
      <Open page={page} />
      <Accepted page={page} />
      <SignWording matrix={page.matrix} />
      <SignContents matrix={page.matrix} />
      {state.kind === "open" && <SignForm page={page} trouble={trouble} />}
    </div>
  );
}

function Standing({
  page: { state, status, signatory, matrixId, number },
  way,
  said,
}: Pick<SignPageProps, "page" | "way" | "said">) {
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The form is at the foot of a long page and the answer to it at its head, so the page scrolls up.
    if (said) notice.current?.focus();
  }, [said]);
  if (state.kind === "open" && !said) return null;
  return (
    <div ref={notice} tabIndex={-1} role="status" className={styles.standing}>
      <Notice icon={state.kind === "closed" && !said ? CircleAlert : CircleCheck}>
        {said ? (
          <p>{said}</p>
        ) : state.kind === "signed" ? (
          <p>
            You signed this version as <bdi>{signatory.name}</bdi> on <Time iso={state.at} withTime />.{" "}
            {status === "agreed" || status === "superseded"
              ? "Everybody has signed: it is agreed."
              : "It is agreed once everybody has signed."}
          </p>
        ) : state.kind === "closed" ? (
          <p>{state.sentence}</p>
        ) : null}
        {way === "account" && (
          <p>
            <Link to={paths.version(matrixId, number)}>Back to version {number}</Link>
          </p>
        )}
      </Notice>
    </div>
  );
}

const eights = (text: string) => text.match(/.{1,8}/g) ?? [];

function Cover({
  page: { remarks, withoutFont, matrix, fingerprint, reason, authorName, publishedAt },
}: Pick<SignPageProps, "page">) {
  const { terms, settings } = matrix;
  const facts: [string, string][] = [
    ["Agreement", terms.agreementReference],
    ["Exhibit", terms.exhibit],
    ["Order of precedence", terms.precedence],
    [
      "Accountability",
      settings.accountability === "stays-with-client"
        ? "Stays with the client, whoever does the work"
        : "Follows the work",
    ],
    ["Asked to rule on a dispute", settings.ruler],
  ];
  return (
    <section className={styles.part} aria-label="The version">
      <h2>The version</h2>
      <DateRemarks remarks={remarks} />
      <MissingCharacters places={withoutFont} signing />
      <dl className={styles.facts}>
        <div>
          <dt>Reason</dt>
          <dd dir="auto">{reason}</dd>
        </div>
        <div>
          <dt>Published</dt>
          <dd>
            <Time iso={publishedAt} withTime /> by <bdi>{authorName}</bdi>
          </dd>
        </div>
        <div>
          <dt>Effective from</dt>
          <dd>{terms.effectiveDate ? <Day day={terms.effectiveDate} /> : "The day it is agreed"}</dd>
        </div>
        <div>
          <dt>Next review</dt>
          <dd>{terms.reviewDate ? <Day day={terms.reviewDate} /> : "Not set"}</dd>
        </div>
        {facts.map(([label, value]) =>
          value === "" ? null : (
            <div key={label}>
              <dt>{label}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ),
        )}
        <div>
          <dt>Fingerprint</dt>
          <dd>
            <code className={styles.fingerprint}>
              {eights(fingerprint).map((part, i) => (
                <span key={i}>{part}</span>
              ))}
            </code>
          </dd>
        </div>
      </dl>
    </section>
  );
}

function Open({ page: { open } }: Pick<SignPageProps, "page">) {
  return (
    <section className={styles.part} aria-label="Open warnings">
      <h2>
        Open warnings <span className={styles.quiet}>{open.length}</span>
      </h2>
      {open.length === 0 && <p className={styles.quiet}>None were open when it was published.</p>}
      {open.length > 0 && (
        <ul className={styles.rows}>
          {open.map(({ key, code, title }) => (
            <li key={key} dir="auto">
              {code && <span className={styles.code}>{code}</span>}
              {title}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Accepted({ page: { accepted } }: Pick<SignPageProps, "page">) {
  return (
    <section className={styles.part} aria-label="Accepted warnings">
      <h2>
        Accepted warnings <span className={styles.quiet}>{accepted.length}</span>
      </h2>
      {accepted.length === 0 && <p className={styles.quiet}>Nobody accepted any.</p>}
      {accepted.length > 0 && (
        <ul className={styles.rows}>
          {accepted.map(({ key, code, reason, by, on }) => (
            <li key={key}>
              <p dir="auto">
                {code && <span className={styles.code}>{code}</span>}
                {reason}
              </p>
              <p className={styles.quiet}>
                Accepted by <bdi>{by}</bdi> on <Day day={on} />
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
