// Lets better-sqlite3, written for Node-API 10, run on Node-API 9 as well (Electron 33).
// Node-API 9 cannot hold a persistent reference to a string, so each string is boxed in an array.
#pragma once
#include <napi.h>

namespace Napi {

template <>
class Reference<String> {
 public:
  Reference() = default;
  explicit Reference(String value) {
    Array box = Array::New(value.Env(), 1);
    box.Set(0u, value);
    box_ = Persistent(static_cast<Object>(box));
  }
  String Value() const { return box_.Value().Get(0u).As<String>(); }
  void SuppressDestruct() { box_.SuppressDestruct(); }
  void Reset() { box_.Reset(); }
  Napi::Env Env() const { return box_.Env(); }
  bool IsEmpty() const { return box_.IsEmpty(); }

 private:
  ObjectReference box_;
};

inline Reference<String> Persistent(String value) { return Reference<String>(value); }

}  // namespace Napi
