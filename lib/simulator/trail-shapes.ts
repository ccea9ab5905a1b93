const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Sep 1, 2026 10:00:00 AM`: CloudTrail writes times in request and response like this, never as ISO. */
export function trailTime(date: Date): string {
  const hours = date.getUTCHours();
  const twelve = hours % 12 === 0 ? 12 : hours % 12;
  const [minutes, seconds] = [date.getUTCMinutes(), date.getUTCSeconds()].map((part) => String(part).padStart(2, '0'));
  const day = `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}`;
  return `${day} ${twelve}:${minutes}:${seconds} ${hours < 12 ? 'AM' : 'PM'}`;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Only the first letter of each member is lowered; lists and nesting stay. */
export function trailShape(value: unknown): unknown {
  if (value instanceof Date) return trailTime(value);
  if (Array.isArray(value)) return value.map(trailShape);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [lowerFirst(name), trailShape(member)]));
}

/** Members that EC2 records call something else. */
const EC2_NAMES: Readonly<Record<string, string>> = {
  UserIdGroupPairs: 'groups',
  TagSpecifications: 'tagSpecificationSet',
  SecurityGroupRules: 'securityGroupRuleSet',
  Return: '_return',
  Resources: 'resourcesSet',
};
const EC2_ITEM_NAMES: Readonly<Record<string, string>> = {
  SecurityGroupRuleIds: 'securityGroupRuleId',
  Resources: 'resourceId',
};

/** EC2 wraps lists in `items`, and names the members of its query protocol. */
export function ec2TrailShape(value: unknown): unknown {
  if (value instanceof Date) return trailTime(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return { items: value.map(ec2TrailShape) };
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const item = EC2_ITEM_NAMES[name];
      const named = item !== undefined && Array.isArray(member) ? member.map((id) => ({ [item]: id })) : member;
      return [EC2_NAMES[name] ?? lowerFirst(name), ec2TrailShape(named)];
    }),
  );
}

/** ECS hides the environment of containers since 2023. The replacement is the one that Lambda uses; ECS's is not known. */
export function hideEnvironment(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hideEnvironment);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === 'environment' ? 'HIDDEN_DUE_TO_SECURITY_REASONS' : hideEnvironment(member),
    ]),
  );
}
