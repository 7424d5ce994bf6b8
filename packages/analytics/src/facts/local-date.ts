const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(zone, made);
  return made;
};

/** The day `YYYY-MM-DD` that an instant falls on in a zone (DEC-16: "which day is it" is the site's question). */
export const localDateOf = (instant: string, zone: string): string => formatOf(zone).format(Date.parse(instant));
