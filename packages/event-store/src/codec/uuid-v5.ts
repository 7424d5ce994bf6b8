import { hash } from 'node:crypto';

/** The namespace of every id that the platform derives from names; never to be changed. */
export const AFTERCARE_NAMESPACE = '6f4f6a3e-2f0c-5d0b-9a55-3c9a8f1f7c21';

const bytesOf = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');

const OURS = bytesOf(AFTERCARE_NAMESPACE);

/** RFC 9562 name-based uuid: the same name gives the same id, on every machine and at every retry. */
export const uuidv5 = (name: string, namespace: string = AFTERCARE_NAMESPACE): string => {
  const prefix = namespace === AFTERCARE_NAMESPACE ? OURS : bytesOf(namespace);
  const hex = hash('sha1', Buffer.concat([prefix, Buffer.from(name, 'utf8')]), 'hex');
  // The variant of RFC 9562: the two high bits of this digit are 10.
  const variant = ((parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** Id of the event at `index` of what one command wrote to one stream; a retry computes the same. */
export const eventIdOf = (commandId: string, stream: string, index: number): string =>
  uuidv5(`${commandId}\n${stream}\n${index}`);
