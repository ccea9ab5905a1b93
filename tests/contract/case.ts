/**
 * A value in what is asked or expected. `$vpc.Vpc.VpcId` stands for a member of the answer that was saved as `vpc`,
 * `@-7` for the time seven minutes before the last full quarter of an hour.
 */
export type Data = string | number | boolean | null | RegExp | readonly Data[] | { readonly [name: string]: Data };

export type ServiceName = 'CloudWatch' | 'EFS' | 'EC2' | 'ECS' | 'IAM';

export interface Step {
  readonly call: `${ServiceName}.${string}`;
  readonly input: { readonly [name: string]: Data };
  /** The answer is kept under this name. */
  readonly as?: string;
  /** Members that the answer must have. A list must be as long as the answer's. */
  readonly expect?: Data;
  /** The exception's name, and members that it must carry. */
  readonly fails?: { readonly name: string; readonly carries?: Data };
  /** Moto answers otherwise, and AWS's documentation says that the simulated account is right. */
  readonly differs?: Difference;
}

export interface Difference {
  /** What moto answers instead. */
  readonly moto: string;
  /** The page that decides. */
  readonly source: string;
}

/** A piece of AWS's behaviour that Mountkeeper rests on. */
export interface Case {
  readonly name: string;
  readonly steps: readonly Step[];
}
