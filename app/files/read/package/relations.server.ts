import { readXml } from "../xml.server";
import type { Archive } from "../zip.server";

/** A relation of a part to another one, as a path within the archive, or to something outside. */
type Relation = { id: string; path: string; type: string; outside: boolean };

/** Where the relations of a part are listed. Those of the package have the empty name as their part. */
export function relationsPart(of: string): string {
  const slash = of.lastIndexOf("/") + 1;
  return `${of.slice(0, slash)}_rels/${of.slice(slash)}.rels`;
}

/** All relations of a part, in their order. */
export async function listRelations(archive: Archive, of: string): Promise<Relation[]> {
  const bytes = await archive.read(relationsPart(of));
  const relations: Relation[] = [];
  if (!bytes) return relations;
  await readXml(bytes, {
    open(name, { Id = "", Target = "", Type = "", TargetMode = "Internal" }) {
      if (name !== "Relationship") return;
      const outside = TargetMode !== "Internal";
      relations.push({
        id: Id,
        path: outside ? Target : pathFrom(of, Target),
        type: Type.slice(Type.lastIndexOf("/") + 1),
        outside,
      });
    },
  });
  return relations;
}

function pathFrom(of: string, target: string): string {
  try {
    return decodeURIComponent(new URL(target, `zip:///${of}`).pathname.slice(1));
  } catch {
    return target;
  }
}

/** The first part that a part refers to by a kind of relation, or null. */
export async function relatedPart(archive: Archive, of: string, type: string): Promise<string | null> {
  return (await listRelations(archive, of)).find((one) => one.type === type && !one.outside)?.path ?? null;
}

/** The part that programs open first: the body of a document, or the list of a workbook's sheets. */
export async function mainPart(archive: Archive): Promise<{ path: string; root: string } | null> {
  const path = await relatedPart(archive, "", "officeDocument");
  const bytes = path === null ? null : await archive.read(path);
  if (path === null || !bytes) return null;
  return { path, root: rootOf(bytes) };
}

/** The name of the first element of a part, without its prefix. Only the beginning of the part is looked at. */
function rootOf(bytes: Uint8Array): string {
  const beginning = Buffer.from(bytes.subarray(0, BEGINNING)).toString("latin1").replaceAll("\u0000", "");
  return /<(?:[\w.-]+:)?([A-Za-z][\w.-]*)[\s/>]/.exec(beginning)?.[1] ?? "";
}

/** More bytes than any program writes before the first element. */
const BEGINNING = 4_096;
