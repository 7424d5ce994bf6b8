import type { ViewsDb } from '../sql/schema';

/**
 * Takes a customer's row out of the look-up. For whoever erases a subject (DEC-15), in this order: destroy the key, then
 * call this. From then on every event of theirs opens as erased, so neither a further event nor a rebuild makes the row
 * again. A page that was opened before the key was destroyed and is saved after this, or a rebuild that had read the
 * customer already, can still bring it back: wait until the look-up has passed the head that was there when the key
 * went, and until no rebuild of it is running, and call it again. Calling it twice changes nothing.
 *
 * @param db the connection that writes views
 * @param customer stream of the customer
 */
export const forgetCustomer = async (db: ViewsDb, customer: string): Promise<void> => {
  // A view can't be deleted from: the row goes from the table that answers.
  const answering = await db
    .selectFrom('read_models')
    .select('table_name')
    .where('name', '=', 'customer_lookup')
    .executeTakeFirst();
  if (!answering) return;
  const tables = db.withTables<Record<string, { readonly key: string }>>();
  await tables.deleteFrom(answering.table_name).where('key', '=', customer).execute();
};
