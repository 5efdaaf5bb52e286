/** What the doors demand of a new password; the browser says it at the field beforehand. */
export const MIN_PASSWORD_LENGTH = 8;
