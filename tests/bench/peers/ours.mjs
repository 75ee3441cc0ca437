// The product as it is, except that its Dispatcher's alarm does nothing: what follows an answer (calling the provider)
// is work of its own, which no peer has.
import * as product from "anytryon-entry";

export default product.default;
export const { Limiter } = product;
export class Dispatcher extends product.Dispatcher {
  alarm() {}
}
