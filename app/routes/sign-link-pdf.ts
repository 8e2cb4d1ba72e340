import { download } from "~/http/download.server";
import { signCookie } from "~/http/link-cookie.server";
import { forVisitor, param } from "~/http/respond.server";
import { fileBySigningLink } from "~/services/signing/signing-links.server";

export const loader = forVisitor(async ({ params, caller, now, closed }) =>
  download(await fileBySigningLink(param(params, "token"), await signCookie.read(caller.cookie), caller, now, closed)),
);
