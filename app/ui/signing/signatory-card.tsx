import { useState } from "react";
import type { SignatoryView, SignatureView, SigningView } from "~/domain/signing/signing-view";
import { paths } from "~/paths";
import type { SigningAnswer } from "~/services/signing/signing-after.server";
import { PartyMark } from "../marks/party-mark";
import { Button, ButtonLink } from "../primitives/button";
import { Check, CircleAlert, Icon, PenLine, TriangleAlert } from "../primitives/icon";
import { When } from "../primitives/time";
import { useMay } from "../draft/own-side";
import { ReplaceDialog } from "./replace-dialog";
import { useAnswer } from "./use-answer";
import styles from "./signing-panel.module.css";

type Party = SigningView["parties"][number];

/** The card of a side for which nobody has been asked to sign. */
export function WaitingParty({ view, party }: { view: SigningView; party: Party }) {
  const own = useMay("publish") && view.partyId === party.id;
  const out = view.round !== null && view.closed === null;
  return (
    <article className={styles.card}>
      <header>
        <PartyMark kind={party.kind} />
        <bdi className={styles.who}>{party.name}</bdi>
      </header>
      <p className={styles.line} data-pending>
        Nobody is asked yet
      </p>
      {out && (
        <p className={styles.quiet}>
          {own
            ? "You name who signs for your side. Until somebody does, the version can't be agreed."
            : "An owner of this side names who signs for it."}
        </p>
      )}
    </article>
  );
}

type CardProps = {
  matrixId: string;
  view: SigningView;
  party: Party;
  signatory: SignatoryView;
  onDone: (done: SigningAnswer) => void;
};

/** The card of one signatory: how they signed, or that they haven't yet, and the actions that remain. */
export function SignatoryCard({ matrixId, view, party, signatory, onDone }: CardProps) {
  const { name, title, state, signature, trouble } = signatory;
  return (
    <article className={styles.card} aria-label={`${name}, for ${party.name}`}>
      <header>
        <PartyMark kind={party.kind} />
        <bdi className={styles.who}>{party.name}</bdi>
        <span className={styles.grow} />
        {state === "signed" && (
          <span className={styles.signed}>
            <Icon of={Check} size={14} />
            Signed
          </span>
        )}
      </header>
      <Line signatory={signatory} />
      <Naming view={view} party={party} signatory={signatory} />
      {trouble && view.closed === null && (
        <p className={styles.trouble}>
          <Icon of={TriangleAlert} size={14} /> <span>{trouble}</span>
        </p>
      )}
      <footer>
        <span className={styles.quiet}>
          <bdi>{signature?.title || title || (state === "waiting" ? signatory.email : "")}</bdi>
        </span>
        <span className={styles.grow} />
        {signature && state === "signed" && (
          <span className={styles.quiet}>
            <When at={signature.signedAt} withTime />
          </span>
        )}
      </footer>
      {signature && <Proof matrixId={matrixId} number={view.number} signature={signature} />}
      {(view.closed === null || signatory.codeShown) && (
        <CardActs matrixId={matrixId} view={view} party={party} signatory={signatory} onDone={onDone} />
      )}
    </article>
  );
}

function Line({ signatory: { name, state, signature, turn, openedAt, proposed } }: { signatory: SignatoryView }) {
  if (state === "signed" && signature?.picture.kind === "drawn") {
    return (
      <p className={styles.line}>
        <img className={styles.drawn} src={signature.picture.source} alt={`Drawn signature of ${signature.name}`} />
      </p>
    );
  }
  if (state === "signed" && signature) {
    return (
      <p className={styles.line}>
        <bdi className={styles.name}>
          {signature.picture.kind === "typed" ? signature.picture.text : signature.name}
        </bdi>
      </p>
    );
  }
  const words = proposed
    ? "Proposed:"
    : {
        waiting: turn ? "Waiting for" : "Later, after the others:",
        stated: "Signed on paper, says the other side:",
        declined: "Declined by",
        signed: "Signed by",
        removed: "No longer asked:",
      }[state];
  return (
    <p className={styles.line} data-pending>
      <Icon of={state === "declined" ? CircleAlert : PenLine} size={14} />
      <span>
        {state === "stated" ? "Stated as signed on paper:" : words} <bdi>{name}</bdi>
        {state === "waiting" && openedAt && <span className={styles.quiet}>, has opened it</span>}
      </span>
    </p>
  );
}

/** Says who of the other side named a signatory, and which owner of the signatory's own side confirmed it. */
function Naming({
  view,
  party,
  signatory: { namedBy, confirmedBy, proposed },
}: Pick<CardProps, "view" | "party" | "signatory">) {
  if (namedBy === null) return null;
  return (
    <p className={proposed ? styles.proposal : styles.quiet}>
      {proposed && view.closed === null ? (
        <>
          Named by <bdi>{namedBy}</bdi>. Nothing this person does counts before an owner of <bdi>{party.name}</bdi>{" "}
          confirms it or names somebody else.
        </>
      ) : (
        <>
          Named by <bdi>{namedBy}</bdi>, confirmed by <bdi>{confirmedBy ?? `nobody of ${party.name}`}</bdi>.
        </>
      )}
    </p>
  );
}

const PROOFS = {
  account: "signed in with an account",
  code: "proved the address with a code by mail",
  handed: "",
  paper: "",
};

function Proof({ matrixId, number, signature }: { matrixId: string; number: number; signature: SignatureView }) {
  const { picture, proof, handedBy, name, organisation } = signature;
  if (picture.kind !== "paper") {
    return (
      <p className={styles.quiet}>
        <bdi>{name}</bdi>, <bdi>{organisation}</bdi>;{" "}
        {proof === "handed" ? (
          <>
            with a code that <bdi>{handedBy}</bdi> passed on. That the address is theirs was not proved
          </>
        ) : (
          PROOFS[proof]
        )}
        .
      </p>
    );
  }
  return (
    <p className={styles.quiet}>
      On paper:{" "}
      <a href={paths.paperFile(matrixId, number, picture.paperId)} download>
        {picture.fileName}
      </a>
      . Stated by <bdi>{picture.statedBy}</bdi>
      {picture.confirmedBy ? (
        <>
          , confirmed by <bdi>{picture.confirmedBy}</bdi>.
        </>
      ) : (
        ", not confirmed yet."
      )}
    </p>
  );
}

/** The label of the reminder button. Without mail, the owner gets a new link to hand over. */
function reminder({ mailIsSent, round }: SigningView, name: string): { words: string; label: string } {
  if (!mailIsSent) return { words: "New link", label: `Make a new link for ${name}` };
  return { words: round?.mailed ? "Remind" : "Write to them", label: `Remind ${name}` };
}

function CardActs({ matrixId, view, party, signatory, onDone }: CardProps) {
  const owns = useMay("publish") && view.partyId !== null;
  const [replacing, setReplacing] = useState(false);
  const { Form, busy, errors } = useAnswer(onDone);
  const { state, id, turn, mine, name } = signatory;
  const ownSide = view.partyId === party.id;
  const statedFor = signatory.signature?.picture.kind === "paper" ? signatory.signature.picture.statedFor : null;
  const confirms = owns && ownSide && signatory.proposed;
  const all: { intent: string; words: string; label: string; primary?: boolean }[] = [
    ...(owns && state === "waiting" && turn && (view.mailIsSent || signatory.linked)
      ? [{ intent: "remind", ...reminder(view, name) }]
      : []),
    ...(owns && signatory.codeShown
      ? [
          {
            intent: "show-code",
            words: "Show the code",
            label: `Show the code for ${name}`,
            primary: state === "waiting" && signatory.openedAt === null && view.closed === null,
          },
        ]
      : []),
    ...(owns && state === "stated"
      ? [
          {
            intent: "refuse-paper",
            words: statedFor === view.partyId ? "Take back" : "Not so",
            label: `Say that ${name} did not sign on paper`,
          },
        ]
      : []),
    ...(confirms
      ? [{ intent: "confirm", words: "Confirm", label: `Confirm that ${name} signs for ${party.name}`, primary: true }]
      : []),
    ...(owns && state === "stated" && statedFor !== view.partyId && !signatory.proposed
      ? [{ intent: "confirm-paper", words: "Confirm", label: `Confirm that ${name} signed on paper`, primary: true }]
      : []),
  ];
  const acts = view.closed === null ? all : all.filter(({ intent }) => intent === "show-code");
  const signs = view.closed === null && mine && state === "waiting" && turn;
  const replaces = view.closed === null && owns && ownSide && state === "waiting";
  if (acts.length === 0 && !signs && !replaces) return null;
  return (
    <div className={styles.cardActs}>
      {errors.form && (
        <p role="alert" className={styles.trouble}>
          {errors.form}
        </p>
      )}
      {replaces && (
        <Button size="sm" variant="ghost" aria-label={`Replace ${name}`} onClick={() => setReplacing(true)}>
          Replace
        </Button>
      )}
      {acts.map(({ intent, words, label, primary }) => (
        <Form key={intent} method="post" action={paths.version(matrixId, view.number)}>
          <input type="hidden" name="signatoryId" value={id} />
          <Button
            type="submit"
            size="sm"
            variant={primary ? "primary" : "default"}
            name="intent"
            value={intent}
            aria-label={label}
            loading={busy}
          >
            {words}
          </Button>
        </Form>
      ))}
      {signs && (
        <ButtonLink to={paths.sign(matrixId, view.number)} variant="primary" size="sm">
          Sign as {name.split(" ")[0]}
        </ButtonLink>
      )}
      {replacing && (
        <ReplaceDialog
          matrixId={matrixId}
          view={view}
          signatory={signatory}
          onClose={() => setReplacing(false)}
          onDone={(done) => {
            setReplacing(false);
            onDone(done);
          }}
        />
      )}
    </div>
  );
}
