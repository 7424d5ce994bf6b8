import { reject, type Rejection } from './rejection';

/** A rule with a name: guard, documentation and test in one. What people read is looked up by `code`. */
export interface Invariant<State, Narrowed extends State = State> {
  readonly code: string;
  readonly description: string;
  readonly holds: ((state: State) => boolean) & { readonly narrows?: Narrowed };
}

const known = new Map<string, string>();

/** Every invariant that was declared, code → description; documentation and the check for texts read it. */
export const declaredInvariants = (): ReadonlyMap<string, string> => known;

/** Declares a rule. With a type guard as `holds`, `when` narrows the state for what follows. */
export function invariant<State, Narrowed extends State>(
  code: string,
  description: string,
  holds: (state: State) => state is Narrowed,
): Invariant<State, Narrowed>;
export function invariant<State>(code: string, description: string, holds: (state: State) => boolean): Invariant<State>;
export function invariant<State>(
  code: string,
  description: string,
  holds: (state: State) => boolean,
): Invariant<State> {
  known.set(code, description);
  return { code, description, holds };
}

/** Runs `then` on the state the rule admits, or refuses with the rule's code. */
export function when<State, Narrowed extends State, Result>(
  state: State,
  rule: Invariant<State, Narrowed>,
  then: (state: Narrowed) => Result,
  details: Readonly<Record<string, unknown>> = {},
): Result | Rejection {
  return rule.holds(state) ? then(state as Narrowed) : reject(rule.code, details);
}

/** The first of the rules that `state` breaks, as a refusal; undefined when all hold. */
export const firstBroken = <State>(
  state: State,
  rules: readonly Invariant<State>[],
  details: Readonly<Record<string, unknown>> = {},
): Rejection | undefined => {
  const broken = rules.find((rule) => !rule.holds(state));
  return broken && reject(broken.code, details);
};
