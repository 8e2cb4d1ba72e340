import "@fontsource-variable/inter/index.css";
import "./styles/tokens.css";
import "./styles/base.css";
import { json, type MetaFunction } from "@remix-run/node";
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteError, useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { forVisitor } from "./http/respond.server";
import { ErrorPage, titleOfError, wordsOfError } from "./ui/shell/error-page";
import { NavigationProgress } from "./ui/shell/navigation-progress";

/** Who is signed in, and the one-time word that lets this page's own scripts run under the content security policy. */
export const loader = forVisitor(async ({ actor, nonce }) =>
  json({ nonce, me: actor && { name: actor.name, email: actor.email } }),
);

/** The browser checks scripts against the nonce of the page it loaded, and signing in or out loads a page anew. */
export function shouldRevalidate() {
  return false;
}

export const meta: MetaFunction = ({ error }) => [{ title: error ? `${titleOfError(error)} · Demarc` : "Demarc" }];

export function links() {
  return [{ rel: "icon", href: "/favicon.svg", type: "image/svg+xml" }];
}

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useRouteLoaderData<typeof loader>("root")?.nonce;
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function Root() {
  return (
    <>
      <NavigationProgress />
      <Outlet />
    </>
  );
}

export function ErrorBoundary() {
  return <ErrorPage {...wordsOfError(useRouteError())} />;
}
