import { conversationMap } from "~/domain/findings/conversation-map";
import type { Matrix } from "~/domain/matrix/matrix";
import { indexOf } from "~/domain/matrix/owner";
import { RoleChip } from "../agreed/role-chip";
import agreed from "../agreed/agreed.module.css";

/** Which role of the client speaks with which role of the provider, and who is left out: leads first, then the others. */
export function SpeakingMap({ matrix }: { matrix: Matrix }) {
  const { pairs, unpaired } = conversationMap(matrix);
  const { client, provider } = indexOf(matrix);
  const leads = unpaired.filter(({ role }) => role.lead);
  const others = unpaired.filter(({ role }) => !role.lead);
  if (!client || !provider) return null;
  return (
    <section className={agreed.panel} aria-labelledby="map-title">
      <h2 id="map-title">Who speaks with whom</h2>
      <p className={agreed.quiet}>Level by level, as the conversations above say it.</p>
      <table className={agreed.map}>
        <thead>
          <tr>
            <th scope="col">
              <bdi>{client.name}</bdi>
            </th>
            <th scope="col">
              <bdi>{provider.name}</bdi>
            </th>
            <th scope="col">In</th>
          </tr>
        </thead>
        <tbody>
          {pairs.map((pair) => (
            <tr key={`${pair.client.id} ${pair.provider.id}`}>
              <td>
                <RoleChip roleId={pair.client.id} matrix={matrix} />
              </td>
              <td>
                <RoleChip roleId={pair.provider.id} matrix={matrix} />
              </td>
              <td>
                <bdi translate="yes">{pair.conversations.map(({ name }) => name).join(", ")}</bdi>
              </td>
            </tr>
          ))}
          {leads.map(({ role, party }) => (
            <tr key={role.id}>
              <td>
                <RoleChip roleId={party.kind === "client" ? role.id : null} matrix={matrix} nobody="Nobody" />
              </td>
              <td>
                <RoleChip roleId={party.kind === "client" ? null : role.id} matrix={matrix} nobody="Nobody" />
              </td>
              <td className={agreed.missing}>
                Missing: the lead of <bdi>{party.name}</bdi> speaks with nobody.
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {others.length > 0 && (
        <p className={agreed.others}>
          <span>In no conversation with the other side:</span>
          {others.map(({ role }) => (
            <RoleChip key={role.id} roleId={role.id} matrix={matrix} />
          ))}
        </p>
      )}
    </section>
  );
}
