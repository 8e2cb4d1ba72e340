/**
 * What screens use of the framework's router. Only this file imports it, so that a new release or its successor changes
 * this file alone.
 */
export {
  Form,
  isRouteErrorResponse,
  Link,
  NavLink,
  useBlocker,
  useFetcher,
  useFetchers,
  useLocation,
  useNavigate,
  useNavigation,
  useParams,
  useRevalidator,
  useRouteError,
  useRouteLoaderData,
  useSearchParams,
  useSubmit,
  type LinkProps,
} from "@remix-run/react";
