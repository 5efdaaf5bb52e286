/** What every HTTP function costs before it does anything: the yardstick of the REST door. */
export function empty(_request, response) {
  response.json({});
}
