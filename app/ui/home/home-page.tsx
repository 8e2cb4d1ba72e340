import type { PortfolioQuery } from "~/domain/portfolio";
import { paths } from "~/paths";
import type { Portfolio } from "~/services/portfolio.server";
import { Link } from "../primitives/router";
import { AppShell } from "../shell/app-shell";
import { EngagementList } from "./engagement-list";
import { FirstRun } from "./first-run";

export type PortfolioView = Omit<Portfolio, "organisation"> & {
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
