console.log(require("left-pad")("x", 5), require("is-number")(5));
