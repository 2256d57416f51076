// transformers.js imports this image library whether or not there are images; text needs none of its 20 MB.
module.exports = () => {
  throw new Error('images are not part of this benchmark');
};
