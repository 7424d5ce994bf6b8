import { openChdb, type LoadModule } from './chdb';
import { type Opened } from './database';
import { openServer, type ServerPlace } from './server';

/** Where the database is: a folder for the engine in process (chDB), or a server. */
export type Place = { readonly dir: string } | ServerPlace;

/** Opens the database. A missing chDB is an answer, not an error; anything else that fails throws. */
export const openDatabase = async (
  place: Place,
  load: LoadModule = (name) => import(name) as Promise<unknown>,
): Promise<Opened> =>
  'url' in place ? { status: 'available', database: openServer(place) } : openChdb(place.dir, load);
