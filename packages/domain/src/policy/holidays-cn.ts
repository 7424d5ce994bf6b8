/** A run of statutory days off, both ends included, local days in China. */
interface DaysOff {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Days off by the yearly notices of the General Office of the State Council 国务院办公厅关于部分节假日安排的通知:
 * for 2024 国办发明电〔2023〕7号, for 2025 国办发明电〔2024〕12号, for 2026 国办发明电〔2025〕7号.
 * The whole run that a notice gives is listed, swapped weekend days included; weekends that merely adjoin one ("与周末连休")
 * are not. Working Saturdays and Sundays 调休 matter to the `office` calendar only and are not here.
 * Checked against the data of the npm package chinese-days. A year that isn't published yet has no holidays here: a wait that
 * reaches into it counts every day, so the customer may get less time than with the table brought up to date.
 */
export const HOLIDAYS_CN: readonly DaysOff[] = [
  { name: '元旦', from: '2024-01-01', to: '2024-01-01' },
  { name: '春节', from: '2024-02-10', to: '2024-02-17' },
  { name: '清明节', from: '2024-04-04', to: '2024-04-06' },
  { name: '劳动节', from: '2024-05-01', to: '2024-05-05' },
  { name: '端午节', from: '2024-06-10', to: '2024-06-10' },
  { name: '中秋节', from: '2024-09-15', to: '2024-09-17' },
  { name: '国庆节', from: '2024-10-01', to: '2024-10-07' },
  { name: '元旦', from: '2025-01-01', to: '2025-01-01' },
  { name: '春节', from: '2025-01-28', to: '2025-02-04' },
  { name: '清明节', from: '2025-04-04', to: '2025-04-06' },
  { name: '劳动节', from: '2025-05-01', to: '2025-05-05' },
  { name: '端午节', from: '2025-05-31', to: '2025-06-02' },
  { name: '国庆节、中秋节', from: '2025-10-01', to: '2025-10-08' },
  { name: '元旦', from: '2026-01-01', to: '2026-01-03' },
  { name: '春节', from: '2026-02-15', to: '2026-02-23' },
  { name: '清明节', from: '2026-04-04', to: '2026-04-06' },
  { name: '劳动节', from: '2026-05-01', to: '2026-05-05' },
  { name: '端午节', from: '2026-06-19', to: '2026-06-21' },
  { name: '中秋节', from: '2026-09-25', to: '2026-09-27' },
  { name: '国庆节', from: '2026-10-01', to: '2026-10-07' },
];

/** The holiday that a local day belongs to; undefined on other days and in years not published. */
export const holidayOn = (date: string): string | undefined =>
  HOLIDAYS_CN.find(({ from, to }) => from <= date && date <= to)?.name;
