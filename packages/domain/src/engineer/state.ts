/** What decisions need to know of an engineer: personal parts and rosters are for read models. */
export type Engineer = { readonly status: 'none' } | { readonly status: 'active' } | { readonly status: 'inactive' };

export const noEngineer: Engineer = { status: 'none' };
