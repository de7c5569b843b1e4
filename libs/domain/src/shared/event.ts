/** A fact of the domain, as a decider returns it and as the log gives it back: a name and its data. */
export interface Event<Type extends string, Data> {
  readonly type: Type;
  readonly data: Data;
}
