/** An error whose message is for the person at the screen, as refusals of the server are. */
export function refusal(message: string): Error {
  return Object.assign(new Error(message), { details: {} });
}
