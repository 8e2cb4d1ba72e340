import type { Comparison } from "../changes/comparison";
import type { Matrix } from "../matrix/matrix";
import type { Party } from "../matrix/shapes";
import type { SigningNeed } from "./sign-readiness";
import type { SignatoryState, SignatureFact, VersionStatus } from "./sign-off";

/** One of those asked, as the panel shows them. */
export type SignatoryView = {
  id: string;
  partyId: string;
  name: string;
  title: string;
  email: string;
  state: SignatoryState;
  /** Whether it is their turn. */
  turn: boolean;
  /** Whether it is the one who looks. */
  mine: boolean;
  /** Who of the other side named them, where one did. */
  namedBy: string | null;
  /** Who of their own side confirmed that; null where nobody has. */
  confirmedBy: string | null;
  /** Whether they count for nothing before an owner of their own side confirms them. */
  proposed: boolean;
  /** Whether they sign by a personal link, for want of an account. */
  linked: boolean;
  /** Whether the one who looks can be shown the code to pass on to them. */
  codeShown: boolean;
  openedAt: string | null;
  remindedAt: string | null;
  /** What keeps them from signing, and what to do about it. */
  trouble: string | null;
  signature: SignatureView | null;
};
/** A signature as the panel shows it. */
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

/** Somebody who could be asked: a member who may sign, or a contact with an address. */
export type Candidate = { partyId: string; name: string; title: string; email: string };

/** How a version stands with its signatures, as its page shows it. */
export type SigningView = {
  number: number;
  status: VersionStatus;
  /** `owned` says that the side has an owner, who names or confirms its signatories; `invitedBy` who of the other side invited its first. */
  parties: { id: string; kind: "client" | "provider"; name: string; owned: boolean; invitedBy: string | null }[];
  /** The party of the one who looks; null where they are of neither. */
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
  /** Whether an authority has stated when its fingerprint was there. */
  stamped: boolean;
  /** Why nothing more is signed; null while something can be. */
  closed: string | null;
  ending: { by: string; reason: string; at: string; declined: boolean } | null;
  /** What signing needs and what is left of it; empty once it is sent, and where nothing more is signed. */
  needs: SigningNeed[];
  /** Warnings that nobody had accepted on the day it was published. */
  openWarnings: { key: string; code: string | null; title: string }[];
  acceptedWarnings: { code: string | null; reason: string; by: string; on: string }[];
  candidates: Candidate[];
  mailIsSent: boolean;
};

/** What whoever signs is shown: the snapshot, what changed since what was agreed last, what was accepted, and how they stand. */
export type SigningPage = {
  matrixId: string;
  number: number;
  status: VersionStatus;
  reason: string;
  authorName: string;
  publishedAt: string;
  fingerprint: string;
  /** What is out of order in its dates. */
  remarks: string[];
  matrix: Matrix;
  /** Null where nothing was agreed before. */
  since: { number: number; comparison: Comparison; frame: string[]; parties: Party[] } | null;
  /** Warnings that were accepted, each with the duty's code where it is about one. */
  accepted: { key: string; code: string | null; reason: string; by: string; on: string }[];
  /** Warnings that nobody had accepted on the day it was published. */
  open: { key: string; code: string | null; title: string }[];
  consent: string;
  message: string;
  sentBy: string;
  dueDate: string | null;
  signatory: { name: string; title: string; email: string; partyId: string; partyName: string };
  /** Who of the other side named them, where nobody of their own has confirmed it. */
  alone: string | null;
  /** Who passed on the code that opened the page, where it wasn't mailed. */
  handedBy: string | null;
  /** What can be done: sign or decline; or why not, in a sentence. */
  state: { kind: "open" } | { kind: "signed"; at: string } | { kind: "closed"; sentence: string };
};
