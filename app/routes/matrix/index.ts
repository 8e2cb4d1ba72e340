import { redirect, type LoaderFunctionArgs } from "@remix-run/node";
import { param } from "~/http/respond.server";
import { paths } from "~/paths";

/** A matrix opens on its board. */
export function loader({ params }: LoaderFunctionArgs) {
  return redirect(paths.board(param(params, "matrixId")));
}
