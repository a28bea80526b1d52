import { expect, test } from 'vitest'
import { messageReader } from './language-socket.ts'

const framed = (text: string): Buffer => Buffer.from(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)

test('messages are whole however their bytes arrive', () => {
  const bytes = Buffer.concat([framed('{"a":"é"}'), framed('{}'), framed('{"b":"漢字"}')])
  for (const size of [1, 3, 7, bytes.length]) {
    const texts: string[] = []
    const read = messageReader((text) => texts.push(text))
    for (let at = 0; at < bytes.length; at += size) expect(read(bytes.subarray(at, at + size))).toBe(true)
    expect(texts).toEqual(['{"a":"é"}', '{}', '{"b":"漢字"}'])
  }
})

test('what is no message is told, and does not pile up', () => {
  expect(messageReader(() => {})(Buffer.from('Hello\r\n\r\n'))).toBe(false)
  expect(messageReader(() => {})(Buffer.alloc(5_000, 'x'))).toBe(false)
})
