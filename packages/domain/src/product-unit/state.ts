/** The days that a warranty may start from. */
export interface UnitDates {
  readonly soldOn?: string;
  readonly installedOn?: string;
  readonly producedOn?: string;
}

/** One machine in a customer's hands, and the repairs counted on it (DEC-20). */
export type ProductUnit =
  | { readonly status: 'none' }
  | {
      readonly status: 'known';
      readonly unitId: string;
      readonly dates: UnitDates;
      readonly warranty?: { readonly startsOn: string; readonly basis: string };
      /** Work orders whose repair is recorded. */
      readonly repairedBy: readonly string[];
    };

export type KnownUnit = Extract<ProductUnit, { readonly status: 'known' }>;

export const noUnit: ProductUnit = { status: 'none' };
