import { paths } from "~/paths";
import { Link } from "../primitives/router";
import { AppShell } from "../shell/app-shell";
import { EngagementList, type PortfolioView } from "./engagement-list";
import { FirstRun } from "./first-run";

type HomePageProps = PortfolioView & { organisation: string | null; libraryDuties: number; libraryDomains: number };

/** The home page: all engagements, or how to begin without any. */
export function HomePage({ libraryDuties, libraryDomains, organisation, ...view }: HomePageProps) {
  return (
    <AppShell crumb={organisation && <Link to={paths.organisation()}>{organisation}</Link>}>
      {view.all === 0 ? <FirstRun duties={libraryDuties} domains={libraryDomains} /> : <EngagementList {...view} />}
    </AppShell>
  );
}
