/** What screens use of the framework's router: only this file names it, so that another release of it, or its successor, is taken up here. */
export { Form, isRouteErrorResponse, Link, NavLink, useBlocker, useFetcher, useLocation, useNavigate, useNavigation, useParams, useRevalidator, useRouteError, useRouteLoaderData, useSearchParams, useSubmit, type LinkProps } from "@remix-run/react";
