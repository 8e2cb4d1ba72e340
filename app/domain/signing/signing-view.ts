import type { Comparison } from "../changes/comparison";
import type { Matrix } from "../matrix/matrix";
import type { Party } from "../matrix/shapes";
import type { SigningNeed } from "./sign-readiness";
import type { SignatoryState, SignatureFact, VersionStatus } from "./sign-off";

/** A signatory as the signing panel shows them. */
export type SignatoryView = {
  id: string;
  partyId: string;
  name: string;
  title: string;
  email: string;
  state: SignatoryState;
  /** Whether the signatory may sign now. */
  turn: boolean;
  /** Whether the signatory is the viewer. */
  mine: boolean;
  /** The person of the other side who named the signatory, if one did. */
  namedBy: string | null;
  /** The person of the signatory's own side who confirmed that; null when nobody has. */
  confirmedBy: string | null;
  /** Whether the signatory's actions count only after an owner of their own side confirms them. */
  proposed: boolean;
  /** Whether the signatory has no account and signs by a personal link. */
  linked: boolean;
  /** Whether the viewer may see the signatory's code in order to pass it on. */
  codeShown: boolean;
  openedAt: string | null;
  remindedAt: string | null;
  /** A sentence about what keeps the signatory from signing and what to do; null when nothing does. */
  trouble: string | null;
  signature: SignatureView | null;
};
/** A signature as the signing panel shows it. */
export type SignatureView = Pick<
  SignatureFact,
  "name" | "title" | "organisation" | "proof" | "handedBy" | "signedAt"
> & {
  picture:
    | { kind: "typed"; text: string }
    | { kind: "drawn"; source: string }
    | {
        kind: "paper";
        paperId: string;
        fileName: string;
        statedFor: string;
        statedBy: string;
        confirmedBy: string | null;
      };
};

/** A person who could be asked to sign: a member with the permission, or a contact with an e-mail address. */
export type Candidate = { partyId: string; name: string; title: string; email: string };

/** The state of a version's signing, as the version's page shows it. */
export type SigningView = {
  number: number;
  status: VersionStatus;
  /**
   * `owned`: whether the side has an owner, who names or confirms its signatories. `invitedBy`: the person of the other
   * side who invited the side's first owner.
   */
  parties: { id: string; kind: "client" | "provider"; name: string; owned: boolean; invitedBy: string | null }[];
  /** The id of the viewer's party; null for a viewer of neither party. */
  partyId: string | null;
  round: {
    order: "together" | "in-order";
    message: string;
    dueDate: string | null;
    mailed: boolean;
    sentAt: string;
    sentBy: string;
    signatories: SignatoryView[];
  } | null;
  /** Whether a time-stamping authority has certified when the fingerprint existed. */
  stamped: boolean;
  /** The reason why the version can't be signed any more; null while it can. */
  closed: string | null;
  ending: { by: string; reason: string; at: string; declined: boolean } | null;
  /** The requirements of signing; empty once the version is sent or can't be signed any more. */
  needs: SigningNeed[];
  /** The warnings that were open on the day the version was published. */
  openWarnings: { key: string; code: string | null; title: string }[];
  acceptedWarnings: { code: string | null; reason: string; by: string; on: string }[];
  candidates: Candidate[];
  mailIsSent: boolean;
};

/**
 * The page that a signatory sees: the version, the changes since the last agreed one, the accepted warnings, and the
 * signatory's own state.
 */
export type SigningPage = {
  matrixId: string;
  number: number;
  status: VersionStatus;
  reason: string;
  authorName: string;
  publishedAt: string;
  fingerprint: string;
  /** Remarks on the version's dates. */
  remarks: string[];
  /** Where its texts have characters that its PDF shows as boxes, and which. */
  withoutFont: string[];
  matrix: Matrix;
  /** The changes since the last agreed version; null when there is none. */
  since: { number: number; comparison: Comparison; frame: string[]; parties: Party[] } | null;
  /** The accepted warnings. `code` is the code of the duty, if the warning is about one. */
  accepted: { key: string; code: string | null; reason: string; by: string; on: string }[];
  /** The warnings that were open on the day the version was published. */
  open: { key: string; code: string | null; title: string }[];
  consent: string;
  message: string;
  sentBy: string;
  dueDate: string | null;
  signatory: { name: string; title: string; email: string; partyId: string; partyName: string };
  /** The person of the other side who named the signatory, if nobody of their own side has confirmed it. */
  alone: string | null;
  /** The person who passed on the code that opened the page, if it wasn't sent by mail. */
  handedBy: string | null;
  /** Whether the signatory can sign or decline, has signed already, or can't act, with the reason in a sentence. */
  state: { kind: "open" } | { kind: "signed"; at: string } | { kind: "closed"; sentence: string };
};
