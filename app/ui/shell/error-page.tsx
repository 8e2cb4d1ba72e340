import { paths } from "~/paths";
import { Button, ButtonLink } from "../primitives/button";
import { Empty } from "../primitives/empty";
import { ArrowLeft, Icon, RotateCw } from "../primitives/icon";
import { isRouteErrorResponse, useLocation } from "../primitives/router";
import { AppShell } from "./app-shell";
import styles from "./error-page.module.css";

/** The title of the error page. */
export function titleOfError(error: unknown): string {
  if (!isRouteErrorResponse(error)) return "This page could not be shown";
  return error.status === 404 ? "Not found" : "This page could not be shown";
}

/** How the messages of Chromium, Firefox and WebKit begin when a request got no answer. */
const UNREACHABLE = /^(Failed to fetch|NetworkError when attempting|Load failed)/;

/** Reads an error: its HTTP status and its sentence. */
export function wordsOfError(error: unknown): ErrorPageProps {
  if (!isRouteErrorResponse(error))
    return { status: 500, message: null, unreachable: error instanceof TypeError && UNREACHABLE.test(error.message) };
  const body = new Map<string, unknown>(
    Object.entries(typeof error.data === "object" && error.data !== null ? error.data : {}),
  );
  const message = body.get("message");
  return {
    status: error.status,
    message: typeof message === "string" ? message : null,
    secondFactor: body.get("code") === "second-factor",
  };
}

type ErrorPageProps = {
  status: number;
  message: string | null;
  /** Whether the page only asks for a second factor. */ secondFactor?: boolean;
  /** Whether the request got no answer. */ unreachable?: boolean;
};

/** The error page: why the page can't be shown, and what to do next. */
export function ErrorPage(props: ErrorPageProps) {
  return (
    <AppShell>
      <ErrorWords {...props} />
    </AppShell>
  );
}

/** The contents of the error page, for a frame that stays on screen. */
export function ErrorWords({ status, message, secondFactor = false, unreachable = false }: ErrorPageProps) {
  const { pathname, search } = useLocation();
  const missing = status === 404;
  /** The server refused the request and said why, so trying again changes nothing. */
  const isRefusal = status >= 400 && status < 500 && message !== null;
  const home = (
    <ButtonLink to={paths.home()} variant={missing ? "primary" : "default"} icon={<Icon of={ArrowLeft} />}>
      All engagements
    </ButtonLink>
  );
  return (
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
          The link may be old, or a character is missing.{" "}
          {pathname.length < 120 && <span className={styles.address}>{pathname}</span>}
        </Empty>
      ) : isRefusal ? (
        <Empty title={message} action={home}>
          {status === 403
            ? "Nothing is wrong with the address; it takes somebody else's permission."
            : "Nothing is lost."}
        </Empty>
      ) : (
        <Empty
          title={unreachable ? "The server can’t be reached." : (message ?? "This page could not be shown.")}
          action={
            <>
              <Button
                variant="primary"
                icon={<Icon of={RotateCw} />}
                onClick={() => window.location.assign(`${pathname}${search}`)}
              >
                Try again
              </Button>
              {home}
            </>
          }
        >
          {unreachable
            ? "You may be offline. Edits that were not sent yet are kept in this tab, and are sent once the server answers."
            : "What was saved is safe. If trying again doesn’t help, ask whoever runs this installation to look at its log."}
        </Empty>
      )}
    </div>
  );
}
