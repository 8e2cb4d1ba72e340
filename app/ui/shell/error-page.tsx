import { isRouteErrorResponse, useLocation } from "@remix-run/react";
import { paths } from "~/paths";
import { Button, ButtonLink } from "../primitives/button";
import { Empty } from "../primitives/empty";
import { ArrowLeft, Icon, RotateCw } from "../primitives/icon";
import { AppShell } from "./app-shell";
import styles from "./error-page.module.css";

/** The title of the page that stands in for one that could not be shown. */
export function titleOfError(error: unknown): string {
  if (!isRouteErrorResponse(error)) return "This page could not be shown";
  return error.status === 404 ? "Not found" : "This page could not be shown";
}

type ErrorPageProps = { status: number; message: string | null; /** Whether a second factor is all that is missing. */ secondFactor?: boolean };

/** Says what is known about why a page isn't there, and what to do next. */
export function ErrorPage({ status, message, secondFactor = false }: ErrorPageProps) {
  const { pathname, search } = useLocation();
  const missing = status === 404;
  /** Answered with a sentence that trying again doesn't change. */
  const told = status >= 400 && status < 500 && message !== null;
  const home = (
    <ButtonLink to={paths.home()} variant={missing ? "primary" : "default"} icon={<Icon of={ArrowLeft} />}>
      All engagements
    </ButtonLink>
  );
  return (
    <AppShell>
      <div className={styles.page}>
        <h1 className="vh">{missing ? "Not found" : "This page could not be shown"}</h1>
        {secondFactor ? (
          <Empty
            title={message ?? "This page asks for a second factor."}
            action={
              <>
                <ButtonLink to={paths.account({ part: "second-factor" })} variant="primary">
                  Go to your account
                </ButtonLink>
                {home}
              </>
            }
          >
            With it, a password that somebody else learns opens nothing here.
          </Empty>
        ) : missing ? (
          <Empty title={message ?? "There is nothing at this address."} action={home}>
            The link may be old, or a character is missing. {pathname.length < 120 && <span className={styles.address}>{pathname}</span>}
          </Empty>
        ) : told ? (
          <Empty title={message} action={home}>
            {status === 403 ? "Nothing is wrong with the address; it takes somebody else's permission." : "Nothing is lost."}
          </Empty>
        ) : (
          <Empty
            title={message ?? "This page could not be shown."}
            action={
              <>
                <Button variant="primary" icon={<Icon of={RotateCw} />} onClick={() => window.location.assign(`${pathname}${search}`)}>
                  Try again
                </Button>
                {home}
              </>
            }
          >
            What was saved is safe. If trying again doesn’t help, ask whoever runs this installation to look at its log.
          </Empty>
        )}
      </div>
    </AppShell>
  );
}
