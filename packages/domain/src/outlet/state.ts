/** What decisions need to know of an outlet. */
export type Outlet = { readonly status: 'none' } | { readonly status: 'active' } | { readonly status: 'inactive' };

export const noOutlet: Outlet = { status: 'none' };
