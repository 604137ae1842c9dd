package dev.sotto.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * Decides whether a passage bears on a question. BM25 ranks well but its scores have no zero: small
 * talk would always find something. So a passage counts only when it holds a good part of the
 * question's words, each weighed by how rare it is (inverse document frequency, as in BM25); and
 * one word alone that is not in its title is a coincidence when the question also has words that no
 * document knows.
 */
final class Relevance {
  static final String TITLE = "title";
  static final String TEXT = "text";

  /** The part of a question's weight that must stand in a passage; in its title it counts twice. */
  private static final double FLOOR = 0.4;

  /** A word that stands in no passage says less about what is asked than a rare one that does. */
  private static final double UNKNOWN_WEIGHT = 0.6;

  private static final float TITLE_BOOST = 2.5f;
  private static final int MOST_TERMS = 100;

  private final IndexReader index;

  Relevance(IndexReader index) {
    this.index = index;
  }

  /**
   * The words of a question, each with its weight.
   *
   * @param foreign whether a word among them stands in no passage
   */
  record Question(Map<String, Double> weights, boolean foreign) {

    Query query() {
      BooleanQuery.Builder any = new BooleanQuery.Builder();
      for (String word : weights.keySet()) {
        Query title = new TermQuery(new Term(TITLE, word));
        any.add(new BoostQuery(title, TITLE_BOOST), Occur.SHOULD);
        any.add(new TermQuery(new Term(TEXT, word)), Occur.SHOULD);
      }
      return any.build();
    }

    boolean isMetBy(Set<String> title, Set<String> text) {
      List<String> named = weights.keySet().stream().filter(title::contains).toList();
      List<String> met =
          weights.keySet().stream().filter(it -> title.contains(it) || text.contains(it)).toList();
      boolean coincidence = foreign && met.size() == 1 && named.isEmpty();
      return !coincidence
          && !met.isEmpty()
          && sum(met) + sum(named) >= FLOOR * sum(weights.keySet());
    }

    private double sum(Iterable<String> words) {
      double sum = 0;
      for (String word : words) {
        sum += weights.getOrDefault(word, 0.0);
      }
      return sum;
    }
  }

  Question weigh(Set<String> words) {
    Map<String, Double> weights = new LinkedHashMap<>();
    words.stream().limit(MOST_TERMS).forEach(word -> weights.put(word, weight(word)));
    return new Question(weights, weights.keySet().stream().anyMatch(it -> frequency(it) == 0));
  }

  private double weight(String word) {
    int all = index.numDocs();
    int with = frequency(word);
    double rarity = Math.log(1 + (all - with + 0.5) / (with + 0.5));
    return with == 0 ? UNKNOWN_WEIGHT * rarity : rarity;
  }

  private int frequency(String word) {
    try {
      return Math.max(index.docFreq(new Term(TEXT, word)), index.docFreq(new Term(TITLE, word)));
    } catch (IOException impossible) {
      throw new UncheckedIOException("an index in memory failed", impossible);
    }
  }
}
