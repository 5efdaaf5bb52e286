import { z } from 'zod';

/** When something happens again and again: five fields, minute hour day-of-month month day-of-week. */
export const cronSchema = z
  .string()
  .max(100)
  .regex(/^[0-9*,/-]+ [0-9*,/-]+ [0-9*,/L-]+ [0-9A-Za-z*,/-]+ [0-9A-Za-z*,/#L-]+$/, {
    error: 'must be five fields: minute hour day-of-month month day-of-week, such as 0 9 * * 1-5',
  });
