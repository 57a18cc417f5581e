// Reads calendar files with ical.js: a JSON array of texts from the standard input, and writes what each says as a JSON array.
import { text } from 'node:stream/consumers'
import ICAL from 'ical.js'

const files = JSON.parse(await text(process.stdin))
const read = files.map((file) => {
  const calendar = new ICAL.Component(ICAL.parse(file))
  return {
    method: calendar.getFirstPropertyValue('method'),
    components: calendar.getAllSubcomponents().map((of) => ({
      name: of.name,
      properties: of.getAllProperties().map((p) => ({
        name: p.name,
        parameters: Object.fromEntries(Object.entries(p.jCal[1]).map(([key, value]) => [key, String(value)])),
        value: String(p.getFirstValue()),
      })),
    })),
  }
})
process.stdout.write(JSON.stringify(read))
