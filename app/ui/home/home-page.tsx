import type { Need, PortfolioQuery, PortfolioRow } from "~/domain/portfolio";
import { paths } from "~/paths";
import { Link } from "../primitives/router";
import { AppShell } from "../shell/app-shell";
import { EngagementList } from "./engagement-list";
import { FirstRun } from "./first-run";

export type PortfolioView = {
  rows: PortfolioRow[];
  /** The number of engagements that the query found, and the number of all. */
  found: number;
  all: number;
  hasSample: boolean;
  needs: Need[];
  moreNeeds: number;
  query: PortfolioQuery;
  /** How many rows are shown, and how many the button adds. */
  limit: number;
  more: number;
  today: string;
};

type HomePageProps = PortfolioView & { organisation: string | null; libraryDuties: number; libraryDomains: number };

/** The home page: all engagements, or how to begin without any. */
export function HomePage({ libraryDuties, libraryDomains, organisation, ...view }: HomePageProps) {
  return <AppShell crumb={organisation && <Link to={paths.organisation()}>{organisation}</Link>}>{view.all === 0 ? <FirstRun duties={libraryDuties} domains={libraryDomains} /> : <EngagementList {...view} />}</AppShell>;
}
