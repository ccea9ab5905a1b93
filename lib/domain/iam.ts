import type { Fact } from './fact.ts';
import type { Tags } from './tags.ts';

export interface NamedPolicy {
  readonly name: string;
  /** Only managed policies have one. */
  readonly arn?: string;
  /** The policy's JSON text, decoded. */
  readonly document: Fact<string>;
}

export interface Role {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly path: string;
  /** The trust policy's JSON text, decoded. */
  readonly trust: string;
  readonly tags: Tags;
  readonly boundaryArn?: string;
}

/** A role with everything that decides what it may do. */
export interface RolePolicies {
  readonly inline: Fact<readonly NamedPolicy[]>;
  readonly attached: Fact<readonly NamedPolicy[]>;
  readonly boundary: Fact<string>;
}
