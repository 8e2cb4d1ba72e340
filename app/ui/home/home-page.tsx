import type { PartyKind } from "~/domain/matrix";
import { AppShell } from "../shell/app-shell";
import { EngagementList } from "./engagement-list";
import { FirstRun } from "./first-run";

export type EngagementRow = {
  id: string;
  matrixId: string;
  title: string | null;
  clientName: string;
  providerName: string;
  agreementReference: string;
  sample: boolean;
  duties: number;
  blockers: number;
  balance: { key: string; label: string; kind: PartyKind | "none" | "shared"; count: number }[];
  version: { number: number; status: string; publishedAt: string } | null;
  changes: number | null;
  reviewDate: string | null;
  updatedAt: string;
};

type HomePageProps = { engagements: EngagementRow[]; libraryDuties: number; libraryDomains: number };

/** The first page: every engagement at a glance, or how to begin where there is none. */
export function HomePage({ engagements, libraryDuties, libraryDomains }: HomePageProps) {
  return <AppShell>{engagements.length === 0 ? <FirstRun duties={libraryDuties} domains={libraryDomains} /> : <EngagementList engagements={engagements} />}</AppShell>;
}
